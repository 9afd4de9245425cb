# The same verbs as dev.py, which says what each does.
.PHONY: demo check test mutate fmt lint bench lock
demo check test mutate fmt lint bench lock:
	@python3 dev.py $@ $(ARGS)
