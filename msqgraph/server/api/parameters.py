"""Parameters of the interface: declared once, for whoever reads the description and for checking what is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST = 1_000
"""Things of a list in one answer, at most."""

_SHOWN = 60


class BadParameter(Exception):
    """A parameter that is not as it should be; the message names it and says what it can be."""


class NotThere(Exception):
    """A parameter that names something that the data do not have; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation, in the query unless ``is_in_path``.

    ``most_values`` above 1: it may be given several times. ``minimum`` makes it a whole number.
    """

    name: str
    description: str
    is_in_path: bool = False
    pattern: str = ""
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    default: str | int | None = None
    is_required: bool = False
    most_values: int = 1
    most_characters: int = 100
    example: str | int | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its value."""
        if self.minimum is not None:
            told: dict[str, Any] = {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}
        elif self.choices:
            told = {"type": "string", "enum": list(self.choices)}
        else:
            told = {"type": "string", "maxLength": self.most_characters}
            if self.pattern:
                told["pattern"] = f"^(?:{self.pattern})$"
        if self.default is not None:
            told["default"] = self.default
        if self.most_values > 1:
            least = {"minItems": 1} if self.is_required else {}
            return {"type": "array", "items": told, **least, "maxItems": self.most_values}
        return told

    def read(self, given: Sequence[str]) -> Any:
        """What is given, as the operation needs it: text or None, a number, or a tuple.

        :raises BadParameter: if it is not as declared.

        >>> Parameter("limit", "", minimum=1, maximum=9).read(["12"])
        Traceback (most recent call last):
        msqgraph.server.api.parameters.BadParameter: limit is '12': give a whole number from 1 to 9
        """
        if len(given) > self.most_values:
            raise BadParameter(f"{self.name} is given {len(given)} times: give it {self._times}")
        if not given:
            if self.is_required:
                raise BadParameter(f"{self.name} is missing: give {self.description}")
            return () if self.most_values > 1 else self.default
        values = tuple(self._value(one) for one in given)
        return values if self.most_values > 1 else values[0]

    @property
    def _times(self) -> str:
        return "once" if self.most_values == 1 else f"at most {self.most_values} times"

    def _value(self, given: str) -> str | int:
        shown = given if len(given) <= _SHOWN else f"{given[:_SHOWN]}…"
        if self.minimum is not None:
            if not re.fullmatch(r"-?[0-9]{1,12}", given) or not self.minimum <= int(given) <= (self.maximum or 0):
                raise BadParameter(
                    f"{self.name} is {shown!r}: give a whole number from {self.minimum} to {self.maximum}"
                )
            return int(given)
        if self.choices and given not in self.choices:
            raise BadParameter(f"{self.name} is {shown!r}: give one of {', '.join(self.choices)}")
        if len(given) > self.most_characters:
            raise BadParameter(f"{self.name} has {len(given)} characters: give at most {self.most_characters}")
        if self.pattern and not re.fullmatch(self.pattern, given):
            like = f", such as {self.example}" if self.example is not None else ""
            raise BadParameter(f"{self.name} is {shown!r}: it must be {self.description}{like}")
        return given
