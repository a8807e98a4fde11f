import re

from pages._shared import plotly_script, shell


def test_the_shell_names_what_a_first_screen_shows_and_every_name_is_a_file():
    html = shell.shell()
    parts = re.findall(r'<link rel="modulepreload" crossorigin href="\./static/js/([\w.-]+)">', html)
    for part in shell.FIRST_SCREEN:
        assert any(name.startswith(f"{part}.") for name in parts), part
    assert all((shell.STATIC / "static" / "js" / name).is_file() for name in parts)
    (font,) = re.findall(r'as="font"[^>]*href="\./static/media/(SourceSerif[\w.-]+)"', html)
    assert (shell.STATIC / "static" / "media" / font).is_file()


def test_nothing_is_named_twice_and_streamlits_own_shell_is_whole():
    own, html = (shell.STATIC / "index.html").read_text(encoding="utf-8"), shell.shell()
    ours = re.findall(r'modulepreload" crossorigin href="\./static/js/([\w.-]+)"', html)
    assert len(ours) == len(set(ours))
    assert not [name for name in shell.first_parts() if html.count(f"/{name}") > 1]
    for line in own.splitlines():
        if line.strip() not in ("<head>", "</head>"):
            assert line in html


def test_what_a_part_imports_comes_with_it():
    named = set(shell.first_parts())
    for name in named:
        text = (shell.STATIC / "static" / "js" / name).read_text(encoding="utf-8")
        assert set(re.findall(r'from"\./([\w.-]+\.js)"', text)) <= named


def test_the_charts_script_is_the_one_the_charts_ask_for():
    assert f'href="{plotly_script.FLAT_NAME}"' in shell.shell()
    assert "{name}" not in shell.shell()
