"""The live stream: whoever looks at the first page hears of each change at once.

It stands apart because it polls, and must cost the station nothing: all viewers share one look a
second at the heartbeat and the store's mark, in the process of the page.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from broadcaster.errors import BroadcasterError
from broadcaster.web.onair import OnAir, on_air

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from broadcaster.web.site import Site

__all__ = ["Live", "Shot"]

_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Shot:
    """One look; ``key`` changes when something else is on air, ``mark`` with every row."""

    on_air: OnAir
    mark: object

    @property
    def key(self) -> OnAir:
        """All but what moves by itself."""
        sounding = self.on_air.sounding
        still = replace(sounding, position_ms=0) if sounding else None
        alive_at = None if self.on_air.in_contact else self.on_air.alive_at
        return replace(self.on_air, sounding=still, alive_at=alive_at)


class Live:
    """The stream of one station."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._looking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._shot: Shot | None = None

    async def events(
        self, draw: Callable[[OnAir], str], *, is_welcome: Callable[[], bool]
    ) -> AsyncIterator[str]:
        """Server-sent events until the viewer is no longer welcome: ``dang-phat`` with what
        ``draw`` makes of it, ``hang`` when the rows of the day may have changed, and the beat
        ``nhip`` each second, which is empty while the station is out of contact."""
        drawn = seen = None
        while await run_in_threadpool(is_welcome):
            shot = await self._look()
            if shot.key != drawn:
                drawn = shot.key
                yield _event("dang-phat", await run_in_threadpool(draw, shot.on_air))
            if shot.mark != seen:
                seen = shot.mark
                yield _event("hang", "1")
            alive = shot.on_air.alive_at if shot.on_air.in_contact else None
            yield _event("nhip", f"{alive:%H:%M:%S}" if alive else "")
            await asyncio.sleep(_EVERY_S)

    async def _look(self) -> Shot:
        """The last look, where it is no older than a second."""
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if self._shot is None or now - self._looked_at >= _EVERY_S:
                self._shot = await run_in_threadpool(self._take)
                self._looked_at = now
            return self._shot

    def _take(self) -> Shot:
        try:
            return Shot(on_air(self._site), (self._site.store.mark(), self._site.today()))
        except BroadcasterError as error:
            trouble = _("the log cannot be read: {detail}").format(detail=error)
            return Shot(OnAir(False, False, None, trouble=(trouble,)), None)  # noqa: FBT003


def _event(name: str, text: str) -> str:
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or [""])
    return f"event: {name}\n{lines}\n"
