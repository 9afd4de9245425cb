import inspect

import clearway.errors
from clearway.errors import BadFile, BadInput, ClearwayError, Infeasible, NotFound, UnknownName


def test_every_error_of_the_tree_is_drawn_in_the_docstring() -> None:
    drawn = inspect.getdoc(clearway.errors) or ""
    classes = [value for value in vars(clearway.errors).values() if inspect.isclass(value) and issubclass(value, ClearwayError)]
    assert all(cls.__name__ in drawn for cls in classes)


def test_a_users_mistake_is_never_a_fault_of_the_server() -> None:
    for cls in (BadInput, BadFile, UnknownName, NotFound, Infeasible):
        assert 400 <= cls.status < 500
        assert cls.exit_code != 0


def test_long_lists_of_unknown_names_are_cut_short() -> None:
    assert str(UnknownName("way", range(30))) == "Unknown way: 0, 1, 2, 3, 4, 5, 6, 7 and 22 more."
