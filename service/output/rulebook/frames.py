"""Language frames in words: one frame in, what must stand together and what must not out."""

from __future__ import annotations

from service.knowledge.frame_families import Frame

_HELD = {"negated": "only inside a denial", "plain": "only outside a denial"}
_SIGN = {"denied": "denied", "doubted": "doubted"}


def verdict(frame: Frame) -> str:
    """What the frame says of its concept: that it is there, denied or doubted."""
    return _SIGN.get(frame.sign, "said")


def combination(frame: Frame) -> str:
    """The classes of words that make the frame, as one sentence."""
    parts = [_part(each) for each in frame.parts]
    told = " with ".join((parts[0], " and ".join(parts[1:]))) if len(parts) > 1 else parts[0]
    if len(parts) > 1:
        told += (
            f", at most {frame.gap} {'word' if frame.gap == 1 else 'words'} apart" if frame.gap else ", side by side"
        )
    if frame.unless:
        told += f"; not beside {', '.join(frame.unless)}"
    if frame.held in _HELD:
        told += f"; {_HELD[frame.held]}"
    if frame.kinds:
        told += f"; in texts of the kind {', '.join(frame.kinds)}"
    if frame.after:
        told += f"; after a clause with {', '.join(frame.after)}"
    return told


def _part(part: str) -> str:
    names = " or ".join(part.lstrip("~>").split("|"))
    return {"~": f"denied {names}", ">": f"then {names}"}.get(part[0], names)
