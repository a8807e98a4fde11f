"""A viewer without a browser: a real websocket session that speaks Streamlit's protocol."""

from __future__ import annotations

import asyncio
import random
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

RERUN_LIMIT_S = 60.0
# Element types of the protocol that a viewer moves. Buttons and uploads are not among them.
MOVABLE = ("slider", "number_input", "button_group", "selectbox", "radio")


@dataclass
class Rerun:
    """One run of the page's script, as its viewer sees it."""

    ms: float = 0.0  # message sent to script finished, server and loopback
    bytes: int = 0  # received
    errors: list[str] = field(default_factory=list)


@dataclass
class Control:
    """A widget the page has shown, and the fragment it lives in ("" for the page itself)."""

    kind: str
    element: Any
    fragment_id: str


class Viewer:
    """One open page: connect, then `open_page`, then `move` controls; `close` at the end."""

    def __init__(self, url: str, page: str, seed: int, user_agent: str | None = None) -> None:
        self.url, self.page, self.random = url, page, random.Random(seed)
        self.user_agent = user_agent  # a browser is sent the first screen first, anybody else the whole page
        self.controls: dict[str, Control] = {}
        self.moved: dict[str, WidgetState] = {}
        self.link: dict[str, str] = {}
        self.page_hash = ""
        self._socket: ClientConnection | None = None

    async def connect(self) -> None:
        """Open the websocket with the token a browser would carry."""
        token = await asyncio.to_thread(_xsrf_token, self.url)
        self._socket = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", token],  # type: ignore[list-item]
            additional_headers={"Cookie": f"_streamlit_xsrf={token}"},
            user_agent_header=self.user_agent,
            origin=self.url,  # type: ignore[arg-type]
            max_size=None,
            compression=None,
            open_timeout=RERUN_LIMIT_S,
        )

    async def open_page(self) -> Rerun:
        """Ask for the page by its name, as a deep link does."""
        return await self._run(fragment_id="")

    async def move(self, kinds: tuple[str, ...] = MOVABLE) -> Rerun:
        """Give one control of these kinds another valid value and wait for the page."""
        choices = [c for c in self.controls.values() if c.kind in kinds]
        if not choices:
            return Rerun(errors=[f"no control of kind {', '.join(kinds)} on /{self.page}"])
        control = self.random.choice(choices)
        state = _another_value(control, self.random)
        self.moved[state.id] = state
        name = control.element.query_param_key
        if name:  # a bound control's value is in the address, and the browser reports the address
            self.link[name] = _in_link(state)
        return await self._run(control.fragment_id)

    async def close(self) -> None:
        """Leave the page."""
        if self._socket:
            await self._socket.close()

    async def _run(self, fragment_id: str) -> Rerun:
        assert self._socket is not None, "connect first"
        request = BackMsg()
        request.rerun_script.page_name = "" if self.page_hash else self.page
        request.rerun_script.page_script_hash = self.page_hash
        request.rerun_script.query_string = urlencode(self.link)
        request.rerun_script.fragment_id = fragment_id
        request.rerun_script.widget_states.widgets.extend(self.moved.values())
        rerun, begun = Rerun(), time.perf_counter()
        try:
            await self._socket.send(request.SerializeToString())
            async with asyncio.timeout(RERUN_LIMIT_S):
                while not self._take(ForwardMsg.FromString(await self._receive(rerun)), rerun):
                    pass
        except TimeoutError:
            rerun.errors.append(f"no answer in {RERUN_LIMIT_S:.0f} s")
        except (OSError, WebSocketException) as error:
            rerun.errors.append(f"connection: {error}")
        rerun.ms = (time.perf_counter() - begun) * 1000
        return rerun

    async def _receive(self, rerun: Rerun) -> bytes:
        assert self._socket is not None
        data = await self._socket.recv(decode=False)
        rerun.bytes += len(data)
        return data

    def _take(self, message: ForwardMsg, rerun: Rerun) -> bool:
        """Note what the message says; True when the script has finished."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
            wanted = [
                p
                for p in message.navigation.app_pages
                if p.url_pathname == self.page or (p.is_default and not self.page)
            ]
            if wanted and wanted[0].page_script_hash != self.page_hash:
                rerun.errors.append(f"another page than /{self.page} answered")
        elif kind == "page_not_found":
            rerun.errors.append(f"no page /{self.page}")
        elif kind == "delta":
            self._take_delta(message, rerun)
        elif kind == "page_info_changed":
            self.link = dict(parse_qsl(message.page_info_changed.query_string))
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                rerun.errors.append("the script did not compile")
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _take_delta(self, message: ForwardMsg, rerun: Rerun) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type") or ""
        if kind == "exception":
            rerun.errors.append(f"{element.exception.type}: {element.exception.message}"[:200])
        elif kind in MOVABLE:
            widget = getattr(element, kind)
            if widget.set_value:  # the page moved it (a preset): what we had set no longer holds
                self.moved.pop(widget.id, None)
            if not widget.disabled and not widget.form_id:
                self.controls[widget.id] = Control(kind, widget, message.delta.fragment_id)


def _xsrf_token(url: str) -> str:
    with urllib.request.urlopen(f"{url}/_stcore/health", timeout=RERUN_LIMIT_S) as answer:
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            if cookie.startswith("_streamlit_xsrf="):
                return str(cookie.split(";")[0].partition("=")[2]).strip('"')
    return "PLACEHOLDER_AUTH_TOKEN"  # what a browser sends where the server uses none


def _another_value(control: Control, rng: random.Random) -> WidgetState:
    widget, state = control.element, WidgetState(id=control.element.id)
    if control.kind == "slider":
        low, high, step = widget.min, widget.max, widget.step
        ends = sorted(_on_grid(low, high, step, rng) for _ in widget.default)  # two for a range
        if widget.options:  # a select slider
            state.string_array_value.data.extend(widget.options[int(end)] for end in ends)
        else:
            state.double_array_value.data.extend(ends)
    elif control.kind == "number_input":
        low = widget.min if widget.has_min else -100.0
        state.double_value = _on_grid(low, widget.max if widget.has_max else low + 200.0, widget.step, rng)
    elif control.kind == "button_group":
        option = rng.choice(widget.options)
        state.string_array_value.data.append(f"{option.content_icon} {option.content}".strip())
    else:
        state.string_value = rng.choice(widget.options)
    return state


def _on_grid(low: float, high: float, step: float, rng: random.Random) -> float:
    """One of the values that arrow keys reach."""
    step = step or 1.0
    return low + step * rng.randrange(int((high - low) / step + 1e-9) + 1)


def _in_link(state: WidgetState) -> str:
    if state.WhichOneof("value") == "double_array_value":
        return f"{state.double_array_value.data[0]:g}"
    if state.WhichOneof("value") == "string_array_value":
        return str(state.string_array_value.data[0])
    return f"{state.double_value:g}" if state.WhichOneof("value") == "double_value" else state.string_value
