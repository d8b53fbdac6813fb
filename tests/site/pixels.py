"""The pixels of a PNG."""

from pathlib import Path

import numpy as np
from PIL import Image


def pixels(path: Path) -> np.ndarray:
    """What a PNG shows on any paper, (height, width, 3): nothing of it may be seen through."""
    with Image.open(path) as image:
        assert image.format == "PNG", path.name
        red_green_blue_and_cover = np.asarray(image.convert("RGBA"))
    assert (red_green_blue_and_cover[..., 3] == 255).all(), (
        f"{path.name} is transparent"
    )
    return red_green_blue_and_cover[..., :3]
