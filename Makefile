# The same verbs as dev.py, which says what each does.
.PHONY: demo test lint bench lock
demo test lint bench lock:
	@python3 dev.py $@ $(ARGS)
