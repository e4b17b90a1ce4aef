"""Two reports on what Belfry is made of: known weaknesses of the locked packages (pip-audit), and the list of its parts (a CycloneDX SBOM).

Neither is a gate: pip-audit can look at nothing and still end with 0, so what it looked at is counted here.
"""

import json
import subprocess
from pathlib import Path

from develop.environment import Environment, Part, locked_names
from develop.ground import ROOT, Problem, clean_environ, say


def audit(environment: Environment) -> None:
    """Print what is known against the locked packages, or that the advisory service could not be asked."""
    lock = environment.lock(Part.TEST)
    run = subprocess.run(
        [environment.program("pip-audit"), "--strict", "--require-hashes", "--disable-pip", "--progress-spinner=off", "-f", "json", "-r", str(lock)],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environ(),
        cwd=ROOT,
    )
    try:
        looked_at = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = run.stderr.strip().splitlines()[-1:] or ["no answer"]
        say(f"Nothing was audited: the advisory service could not be asked ({last[0].strip()[:200]}).")
        return
    for package in looked_at:
        for weakness in package.get("vulns", []):
            mended = ", ".join(weakness.get("fix_versions", [])) or "no version yet"
            say(f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}")
    weak = sum(bool(package.get("vulns")) for package in looked_at)
    say(f"Looked at {len(looked_at)} of {len(locked_names(lock))} locked packages (the rest are for other systems): {weak} with a known weakness.")


def sbom(environment: Environment, out: Path) -> None:
    """Write the parts that Belfry runs with, from the lock, as CycloneDX JSON. Raises Problem."""
    lock = str(environment.lock(Part.RUN))
    kind = ["--of", "JSON", "--output-reproducible", "--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"]
    run = subprocess.run(
        [environment.program("cyclonedx-py"), "requirements", *kind, "-o", str(out.absolute()), lock],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environ(),
        cwd=ROOT,
    )
    if run.returncode or not out.exists():
        raise Problem(f"The list of parts could not be written. {run.stderr.strip()[-300:]}")
    say(f"{out}: {len(json.loads(out.read_text('utf-8'))['components'])} parts.")
