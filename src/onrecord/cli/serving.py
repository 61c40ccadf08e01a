"""``serve``: the record in a browser."""

from __future__ import annotations

import importlib.util
import socket
from typing import Final
from urllib.parse import quote

import click

from onrecord.cli import options
from onrecord.cli.output import Output
from onrecord.errors import MissingExtraError

PORT: Final = 8321

#: What the extra ``web`` brings, by the names under which it is imported.
_NEEDED: Final = ("fastapi", "jinja2", "python_multipart", "uvicorn")


@click.command(
    short_help="Open the record in a browser.",
    epilog="\b\nExamples:\n  onrecord serve news.onrecord\n  onrecord serve --read-only --port 9000",
)
@click.argument("given", metavar="[RECORD]", required=False, type=click.Path(dir_okay=False))
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=PORT, show_default=True,
    help="The port; 0 takes any that is free.",
)  # fmt: skip
@click.option(
    "--token", metavar="TOKEN", envvar="ONRECORD_TOKEN", show_envvar=True,
    help="What visitors must show; needed where other machines can ask.",
)  # fmt: skip
@click.option(
    "--name", "names", metavar="NAME", multiple=True, help="Answer to this host name too. May be repeated."
)
@click.option("--read-only", is_flag=True, help="Refuse every change.")
@options.author_option
@options.record_option
@options.json_option
def serve(
    given: str | None,
    host: str,
    port: int,
    token: str | None,
    names: tuple[str, ...],
    read_only: bool,
    author: str | None,
    path: str,
    output: Output,
) -> int:
    """Open the record in a browser: search it, read its articles, correct it.

    The app answers this machine only. With --host it answers others too, and then needs --token: whoever
    opens the address printed, with the token in it, may read and change the record. There is no encryption:
    across an open network, go through a tunnel.
    """
    for package in _NEEDED:
        if importlib.util.find_spec(package) is None:
            raise MissingExtraError("web", "`onrecord serve`")
    from onrecord import web
    from onrecord.web import server, trust, warming

    reached = not trust.is_loopback(host)
    _check_token(host, token, reached=reached)
    app = web.create_app(
        given or path, read_only=read_only, token=token, names=(*names, host), any_address=reached,
        author=author,
    )  # fmt: skip
    try:
        listening = server.listen(host, port)
    except OSError as error:
        what = error.strerror or str(error)
        raise click.UsageError(f"cannot listen on {host} port {port}: {what}. Give another --port") from error
    with listening:
        warming.warm(app.state.records)
        url = _url(host, listening.getsockname()[1], token)

        def tell() -> None:
            if output.json:
                output.line({"record": given or path, "url": url, "read_only": app.state.records.read_only})
            else:
                output.out.print(f"{given or path}: {url} (Ctrl-C ends)", soft_wrap=True, highlight=False)

        server.run(app, listening, tell)
    return output.status


def _check_token(host: str, token: str | None, *, reached: bool) -> None:
    from onrecord.web import trust

    if token is not None and len(token) < trust.SHORTEST_TOKEN:
        raise click.UsageError(
            f"--token is too short: {trust.SHORTEST_TOKEN} characters at least, such as {trust.new_token()}"
        )
    if reached and token is None:
        raise click.UsageError(
            f"--host {host} can be reached from other machines, so visitors must show a token: give "
            f"--token, such as {trust.new_token()}"
        )


def _url(host: str, port: int, token: str | None) -> str:
    """Return the address to open in a browser."""
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 - compared, not bound to
        try:
            host = socket.gethostbyname(socket.gethostname())
        except OSError:
            host = "localhost"
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}/" + (f"?token={quote(token, safe='')}" if token else "")
