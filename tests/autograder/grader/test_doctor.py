"""`course doctor` on this machine, and on one without bubblewrap."""

from autograder.cli import main
from autograder.jail import sandbox


def test_this_machine_can_grade(capsys):
    assert main(["doctor"]) == 0
    assert "ok      jail: bubblewrap works for this user" in capsys.readouterr().out


def test_missing_jail_is_named_with_its_cure(monkeypatch, capsys):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name, path=None: None)
    assert main(["doctor"]) == 1
    assert "MISSING jail: install the package 'bubblewrap'" in capsys.readouterr().out
