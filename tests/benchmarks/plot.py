"""Cost against the number of entries as a small SVG: points in, a drawing out."""

from __future__ import annotations

from math import log10

_WIDTH, _HEIGHT, _EDGE = 480, 300, 50


def svg(points: list[tuple[int, float]]) -> str:
    """Both axes logarithmic; a straight line of slope one is linear cost."""
    xs, ys = [log10(n) for n, _ in points], [log10(ms) for _, ms in points]

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - min(xs)) / (max(xs) - min(xs) or 1)
        up = (y - min(ys)) / (max(ys) - min(ys) or 1)
        return _EDGE + across * (_WIDTH - 2 * _EDGE), _HEIGHT - _EDGE - up * (_HEIGHT - 2 * _EDGE)

    placed = [place(x, y) for x, y in zip(xs, ys, strict=True)]
    path = " ".join(f"{x:.0f},{y:.0f}" for x, y in placed)
    dots = "".join(_dot(x, y, n, ms) for (x, y), (n, ms) in zip(placed, points, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="11"><rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>'
        f'<polyline points="{path}" fill="none" stroke="black"/>{dots}'
        f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 6}" text-anchor="middle">entries in the Bundle</text>'
        f'<text x="{_EDGE}" y="20">CPU time per POST /explain</text></svg>\n'
    )


def _dot(x: float, y: float, entries: int, ms: float) -> str:
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3"/>'
        f'<text x="{x:.0f}" y="{y - 9:.0f}" text-anchor="middle">{ms:.0f} ms</text>'
        f'<text x="{x:.0f}" y="{_HEIGHT - 25}" text-anchor="middle">{entries:,}</text>'
    )
