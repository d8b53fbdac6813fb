"""A picture in PDF, read as far as matplotlib writes one: words, filled shapes, marks."""

import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from fontTools import agl

TOKEN = re.compile(
    rb"\((?:\\.|[^\\()])*\)|/[^\s\[\]<>/()]+|[^\s\[\]<>/()]+|[\[\]]", re.DOTALL
)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
START = np.eye(3)


@dataclass(frozen=True)
class Words:
    """What is written, where it begins, and how it is turned."""

    text: str
    x: float
    y: float
    degrees: float


@dataclass(frozen=True, eq=False)
class Filled:
    """The corners of a filled shape, and its colour."""

    corners: np.ndarray
    colour: str


@dataclass
class State:
    """What q keeps and Q brings back."""

    place: np.ndarray = field(default_factory=lambda: START)
    colour: str = "#000000"


class Page:
    """The only page of a file. Places count from the upper left corner, as in an SVG."""

    def __init__(self, path: Path) -> None:
        self._objects = dict(OBJECT.findall(path.read_bytes()))
        (page,) = (
            text for text in self._objects.values() if b"/Type /Page " in text + b" "
        )
        self.width, self.height = (float(n) for n in numbers(page, b"MediaBox")[2:])
        self.words: list[Words] = []
        self.shapes: list[Filled] = []
        self.marks: list[Filled] = []  # each where its middle is
        self._fonts = self._read_fonts()
        self._draw(self._stream(reference(page, b"Contents")))

    def _stream(self, name: bytes) -> bytes:
        (stream,) = STREAM.findall(self._objects[name])
        return zlib.decompress(stream)

    def _read_fonts(self) -> dict[bytes, dict[int, str]]:
        """Which character every code of a font is."""
        (fonts,) = (
            text
            for text in self._objects.values()
            if re.match(rb"<< /F\d+ \d+ 0 R", text)
        )
        found = {}
        for name, number in re.findall(rb"(/F\d+) (\d+) 0 R", fonts):
            (differences,) = re.findall(
                rb"/Differences \[([^\]]*)\]", self._objects[number]
            )
            found[name] = characters(differences.split())
        return found

    def _draw(self, content: bytes) -> None:
        state, kept = State(), []
        operands: list[bytes] = []
        path: list[tuple[float, float]] = []
        for token in TOKEN.findall(content):
            if not re.fullmatch(rb"[A-Za-z]+\*?", token):
                operands.append(token)
                continue
            if token == b"q":
                kept.append(State(state.place, state.colour))
            elif token == b"Q":
                state = kept.pop()
            elif token == b"cm":
                state.place = matrix(operands) @ state.place
            elif token in (b"rg", b"g"):
                state.colour = colour(operands)
            elif token in (b"m", b"l"):
                path.append(self._at(state, operands[-2:]))
            elif token == b"f":
                self.shapes.append(Filled(np.array(path), state.colour))
            elif token == b"Do":
                place = np.array(self._at(state, [b"0", b"0"]))
                self.marks.append(Filled(place, state.colour))
            elif token == b"BT":
                text = ""
            elif token == b"Tf":
                font = self._fonts[operands[-2]]
            elif token in (b"Tj", b"TJ"):
                text += "".join(
                    font[code] for part in operands for code in string(part)
                )
            elif token == b"ET":
                x, y = self._at(state, [b"0", b"0"])
                turn = np.degrees(np.arctan2(state.place[0, 1], state.place[0, 0]))
                self.words.append(Words(text, x, y, -round(float(turn))))
            if token in (b"f", b"B", b"S", b"n"):
                path = []
            operands = []

    def _at(self, state: State, operands: list[bytes]) -> tuple[float, float]:
        x, y = (float(number) for number in operands)
        x, y, _ = np.array([x, y, 1]) @ state.place
        return float(x), self.height - float(y)


def numbers(text: bytes, name: bytes) -> list[bytes]:
    (found,) = re.findall(rb"/%s \[ ([^\]]*)\]" % name, text)
    return found.split()


def reference(text: bytes, name: bytes) -> bytes:
    (found,) = re.findall(rb"/%s (\d+) 0 R" % name, text)
    return found


def characters(differences: list[bytes]) -> dict[int, str]:
    """From 65 /A /B 97 /a to the character of each code."""
    found = {}
    code = 0
    for token in differences:
        if token.startswith(b"/"):
            found[code] = agl.toUnicode(token[1:].decode())
            code += 1
        else:
            code = int(token)
    return found


def string(token: bytes) -> bytes:
    """The codes within brackets; nothing of what is no string."""
    if not token.startswith(b"("):
        return b""

    def plain(escape: re.Match[bytes]) -> bytes:
        if escape[1].isdigit():
            return bytes([int(escape[1], 8)])
        return ESCAPES.get(escape[1], escape[1])

    return re.sub(rb"\\(\d{1,3}|.)", plain, token[1:-1], flags=re.DOTALL)


def matrix(operands: list[bytes]) -> np.ndarray:
    a, b, c, d, e, f = (float(number) for number in operands)
    return np.array([[a, b, 0], [c, d, 0], [e, f, 1]])


def colour(operands: list[bytes]) -> str:
    """As #0072b2; a single share is grey."""
    shares = [round(255 * float(number)) for number in operands]
    red, green, blue = shares if len(shares) == 3 else 3 * shares
    return f"#{red:02x}{green:02x}{blue:02x}"
