"""What all commands share: help, exit statuses, quiet ends, safe output."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from rich.console import Console

from onrecord import cli, pipeline
from onrecord.cli.output import Output, json_line, plain
from onrecord.errors import ModelError
from tests.cli.conftest import REPOSITORY, SAMPLES, Run

GROUPS = {name: one for name, one in cli.main.commands.items() if isinstance(one, click.Group)}
#: Every command that does something, as it is typed.
COMMANDS = sorted(
    [name for name in cli.main.commands if name not in GROUPS]
    + [f"{name} {verb}" for name, group in GROUPS.items() for verb in group.commands]
)
PYTHON = [sys.executable, "-m", "onrecord"]


def command_of(name: str) -> click.Command:
    """Return the command that is typed so."""
    first, _, verb = name.partition(" ")
    return GROUPS[first].commands[verb] if verb else cli.main.commands[first]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps(run: Run, name: str) -> None:
    """Every command explains itself and all of its options, and gives an example of itself."""
    result = run(*name.split(), "--help")
    assert result.exit_code == 0
    assert f"onrecord {name}" in result.output.partition("Example")[2]
    command = command_of(name)
    assert command.short_help
    assert not command.short_help.endswith("...")
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_json(name: str) -> None:
    """Every command can print JSON."""
    assert any("--json" in parameter.opts for parameter in command_of(name).params)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("read",),
        ("read", "x.txt", "--columns", "text"),
        ("read", "x.txt", "--columns", "nonsense=body"),
        ("read", "x.txt", "--published", "yesterday"),
        ("said", "truce", "--type", "shouted"),
        ("said", "truce", "--min-confidence", "2"),
        ("judge", "3f2a9c0d11ab45ce"),
        ("judge", "3f2a9c0d11ab45ce", "--accept", "--reject"),
        ("judge", "3f2a9c0d11ab45ce", "--set", "mood=glad"),
        ("judge", "--accept"),
        ("said", "truce", "--limit", "0"),
        ("remove", "x"),
        ("evaluate", "--set", "gold", "--data", "nowhere"),
        ("evaluate", "--set", "gold", "--data", ".", "--agreement"),
    ],
)
def test_wrong_use_is_two(run: Run, arguments: tuple[str, ...]) -> None:
    """Wrong use ends with 2, says something on standard error and prints nothing else."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert result.stdout == ""


def test_question_that_means_nothing_is_two(run: Run) -> None:
    """A day that is none is wrong use, even when only the question notices it."""
    run("add", str(SAMPLES / "truce-wire.txt"))
    result = run("said", "truce", "--since", "soon")
    assert result.exit_code == 2
    assert "'soon'" in result.stderr


def test_missing_record_is_one_line(run: Run) -> None:
    """A record that is not there is said in one line, and none is made."""
    result = run("said", "truce", "--record", "absent.onrecord")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "absent.onrecord" in result.stderr
    assert not Path("absent.onrecord").exists()


def test_record_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is the one named by the environment, unless an option names another."""
    monkeypatch.setenv("ONRECORD_RECORD", "other.onrecord")
    run("add", str(SAMPLES / "truce-wire.txt"))
    assert Path("other.onrecord").exists()
    assert run("said", "truce", "--record", "news.onrecord").exit_code == 1
    assert run("said", "truce").exit_code == 0


def test_unusable_model_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that cannot be used ends the run with 1 and one line, without a traceback."""

    def broken(article: object) -> object:
        raise ModelError("models/finder.onnx is not there: install again")

    monkeypatch.setattr(pipeline, "extract", broken)
    result = run("extract", str(SAMPLES / "truce-wire.txt"))
    assert result.exit_code == 1
    assert result.stderr == "onrecord: models/finder.onnx is not there: install again\n"


def test_interrupt_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a run with 130 and no traceback."""

    def interrupted(article: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "extract", interrupted)
    result = run("extract", str(SAMPLES / "truce-wire.txt"))
    assert result.exit_code == 130
    assert result.stderr.strip() == ""


def test_reader_that_goes_away_is_quiet() -> None:
    """When the program that reads our output ends, so do we, without a word."""
    reading = [*PYTHON, "read", "--json", *[str(SAMPLES)] * 6]
    with subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize(
    "arguments",
    [
        ("said",),
        ("show", str(SAMPLES / "truce-wire.txt")),
        ("read", str(SAMPLES)),
        ("extract", str(SAMPLES)),
        ("judge", "--list"),
        ("evaluate", "--set", "gold", "--data", str(REPOSITORY / "tests" / "gold"), "--show"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_reader_that_goes_away_is_quiet_in_every_layout(
    run: Run, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is laid out for people ends as quietly with 141 as JSON lines when nobody reads it."""
    run("add", str(SAMPLES / "truce-wire.txt"))
    run("judge", json.loads(run("said", "--limit", "1", "--json").stdout)["id"], "--accept")

    def gone(self: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("rich.console.Console._write_buffer", gone)
    monkeypatch.setattr(cli, "_forget_stdout", lambda: None)
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (141, "")


def test_several_words_need_quotes(run: Run) -> None:
    """Words that are not quoted are wrong use, and the hint can be pasted."""
    result = run("said", "ferry", "grain*")
    assert result.exit_code == 2
    assert "said 'ferry grain*'" in result.stderr


def test_unreadable_file_is_a_failure_like_any_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is left to the reader, which goes on with the others, status 1."""
    Path("locked.txt").write_text("Quay closed", encoding="utf-8")
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, *rest: path != "locked.txt" and allowed(path, *rest))
    result = run("read", "locked.txt", "absent.txt", str(SAMPLES / "truce-wire.txt"))
    assert result.exit_code == 1
    assert "absent.txt" in result.stderr


def test_private_address_names_the_option(run: Run) -> None:
    """The refusal of a loopback address names the option that allows it."""
    refused = run("read", "http://127.0.0.1:9/page").stderr
    assert "--allow-private" in refused
    assert "=True" not in refused


@pytest.mark.parametrize(
    ("out", "err", "as_json", "shown"),
    [
        (True, True, False, True),
        (True, True, True, False),
        (False, True, False, False),
        (True, False, False, False),
    ],
)
def test_a_bar_only_where_it_cuts_into_nothing(
    monkeypatch: pytest.MonkeyPatch, out: bool, err: bool, as_json: bool, shown: bool
) -> None:
    """A bar needs two terminals and no JSON lines, and never takes standard output over."""
    output = Output(json=as_json, err=Console(stderr=True, force_terminal=err, file=io.StringIO()))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: out, raising=False)
    before = sys.stdout
    with output.progress("Adding", 2) as bar:
        assert sys.stdout is before
        assert bar.progress.live.is_started == shown
        with bar.aside():
            assert not bar.progress.live.is_started
        assert bar.progress.live.is_started == shown


def test_full_disk_is_one_line() -> None:
    """When the output cannot be written, one line says so and the status is 1."""
    reading = [*PYTHON, "read", "--json", str(SAMPLES / "truce-wire.txt")]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(reading, stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 1
    assert result.stderr == "onrecord: output: No space left on device\n"


def test_no_bar_in_a_pipe(run: Run) -> None:
    """In a pipe nothing but failures goes to standard error."""
    assert run("add", str(SAMPLES)).stderr == ""


def test_starting_loads_no_model() -> None:
    """Help and completion answer without loading the reader, the model runtime or numpy."""
    code = (
        "import sys; from onrecord.cli import main\n"
        "try: main(['said', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'trafilatura', 'onnxruntime', 'numpy', 'dateparser'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.endswith("[]\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    """Each shell gets a script that asks us for completions."""
    environment = {**os.environ, "_ONRECORD_COMPLETE": f"{shell}_source"}
    code = "from onrecord.cli import main; main(prog_name='onrecord')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert result.returncode == 0
    assert f"_ONRECORD_COMPLETE={shell}_complete" in result.stdout


def test_completion_of_words() -> None:
    """Verbs, options and values of options are completed."""

    def completed(*words: str) -> list[str]:
        environment = {
            **os.environ,
            "_ONRECORD_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("onrecord", *words)),
            "COMP_CWORD": str(len(words)),
        }
        code = "from onrecord.cli import main; main(prog_name='onrecord')"
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
        return [line.partition(",")[2] for line in result.stdout.splitlines()]

    assert completed("sa") == ["said"]
    assert completed("said", "--ci") == ["--cite"]
    assert completed("said", "--type", "mi") == ["mixed"]


def test_text_cannot_steer_the_terminal() -> None:
    """Escape sequences, bells and turned writing from outside are printed as replacement characters."""
    assert plain("a\x1b[31mb\x07 \u202ec\nd") == "a\ufffd[31mb\ufffd \ufffdc d"


def test_json_cannot_steer_the_terminal() -> None:
    """In JSON they are escaped, so that the value is kept whole on one line."""
    value = {"text": "a\x9bb\u2028c\u202ed\ud800e\x1b"}
    line = json_line(value)
    assert line.isprintable()
    assert json.loads(line) == value


def test_failures_make_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    """A failure is one line on standard error and makes the status 1."""
    output = Output()
    assert output.status == 0
    output.fail("a\nb.txt", "broken\nbadly")
    assert output.status == 1
    assert capsys.readouterr().err == "onrecord: a b.txt: broken badly\n"
