"""The test runner itself: it counts what steps report, goes on after a failure, and fails when anything failed."""
import contextlib
import io
import pathlib
import tempfile
import unittest
from unittest import mock

from . import testing
from .settings import Settings

HEAD = '[[section]]\nname = "{name}"\nabout = "a"\nminutes = 0.05\nsteps = {steps}\n'


class Run(unittest.TestCase):
    def run_sections(self, *sections, only=None):
        """(exit code, closing line, everything printed) of a run over the given sections' steps."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            data = root / "tests.toml"
            data.write_text("\n".join(HEAD.format(name=f"s{number}", steps=repr(list(steps)))
                                      for number, steps in enumerate(sections)))
            output = io.StringIO()
            with mock.patch.object(testing, "SECTIONS", data), contextlib.redirect_stdout(output):
                code = testing.run(Settings(root / "data", root / "build", 20000, 5060, ()), only, False)
            return code, output.getvalue().splitlines()[-1], output.getvalue()

    def test_all_good(self):
        self.assertEqual(self.run_sections(["true"], ["echo 3 passed, 0 failed"])[:2], (0, "4 passed, 0 failed"))

    def test_it_goes_on_after_a_failure_and_shows_why(self):
        code, closing, text = self.run_sections(["echo the reason; false", "true"], ["true"])
        self.assertEqual((code, closing), (1, "2 passed, 1 failed"))
        self.assertIn("| the reason", text)

    def test_a_step_that_fails_without_saying_so_counts_as_failed(self):
        self.assertEqual(self.run_sections(["echo 3 passed, 0 failed; false"])[:2], (1, "3 passed, 1 failed"))

    def test_a_step_that_ran_no_test_counts_as_failed(self):
        self.assertEqual(self.run_sections(["echo 0 passed, 0 failed"])[:2], (1, "0 passed, 1 failed"))

    def test_the_closing_lines_of_ctest_and_unittest_are_counted(self):
        self.assertEqual(self.run_sections(["echo '75% tests passed, 1 tests failed out of 4'; false"])[1],
                         "3 passed, 1 failed")
        self.assertEqual(self.run_sections(["echo 'Ran 5 tests in 0.1s'; echo; echo OK"])[1], "5 passed, 0 failed")
        self.assertEqual(self.run_sections(["echo 'Ran 5 tests in 0.1s'; echo; echo 'FAILED (failures=1, errors=2)'; false"])[1],
                         "2 passed, 3 failed")

    def test_a_step_over_its_limit_is_stopped(self):
        code, closing, text = self.run_sections(["sleep 30"])
        self.assertEqual((code, closing), (1, "0 passed, 1 failed"))
        self.assertIn("longer than the section's limit", text)

    def test_an_optional_section_is_run_when_named_only(self):
        with mock.patch(f"{__name__}.HEAD", HEAD + "optional = true\n"):
            self.assertEqual(self.run_sections(["true"])[:2], (1, "0 passed, 0 failed"))
            self.assertEqual(self.run_sections(["true"], only=["s0"])[:2], (0, "1 passed, 0 failed"))

    def test_only_the_named_section_is_run(self):
        self.assertEqual(self.run_sections(["false"], ["true"], only=["s1"])[:2], (0, "1 passed, 0 failed"))


if __name__ == "__main__":
    unittest.main()
