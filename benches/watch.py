"""How long after a change `convenor watch` has made the papers again: median of 15 changes of each kind.

    python3 benches/watch.py target/release/convenor
"""
import pathlib, shutil, statistics, subprocess, sys, tempfile, time

program = pathlib.Path(sys.argv[1]).resolve()
fixtures = pathlib.Path(__file__).parent.parent / "fixtures"
CHANGES = {
    "one word of the terms": ("templates/terms.md", '{{% extends "base/terms.md" %}}{{% block scope %}}Round {0}.{{% endblock %}}\n'),
    "a name in the conference": ("conference.yaml", None),
    "the brand's colour": ("borough.yaml", None),
}

for kind, (name, template) in CHANGES.items():
    with tempfile.TemporaryDirectory() as folder:
        council = pathlib.Path(folder) / "council"
        shutil.copytree(fixtures / "marshgate", council)
        (council / "templates").mkdir(exist_ok=True)
        watch = subprocess.Popen(
            [program, "watch", council / "conference.yaml", "-o", pathlib.Path(folder) / "out"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        wait = lambda end: next(line for line in watch.stdout if line.rstrip().endswith(end))
        wait("Watching for changes.")
        times, file = [], council / name
        for n in range(15):
            if template:
                text = template.format(n)
            elif name == "conference.yaml":
                text = file.read_text().replace("Tom Hallam" if n % 2 == 0 else "Tom Hallan", "Tom Hallan" if n % 2 == 0 else "Tom Hallam")
            else:
                text = file.read_text().replace("#0b5d4e" if n % 2 == 0 else "#0b5d4f", "#0b5d4f" if n % 2 == 0 else "#0b5d4e")
            time.sleep(0.1)
            start = time.perf_counter()
            file.write_text(text)
            told = wait("as before.")
            times.append(time.perf_counter() - start)
            wait("Watching for changes.")
        watch.kill()
        print(f"{kind}: {statistics.median(times):.2f} s ({told.strip()})")
