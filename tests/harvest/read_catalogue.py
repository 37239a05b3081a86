"""What CKAN makes of a catalogue, as JSON. Run by an interpreter that has ``requirements.lock`` installed, not by ours.

usage: python read_catalogue.py catalog.ttl euro_dcat_ap_3
"""

import json
import sys
from pathlib import Path

from ckanext.dcat.processors import RDFParser  # type: ignore[import-not-found]


def main(catalogue: str, profile: str) -> None:
    """Prints the datasets that CKAN would create, sorted by their IRIs."""
    parser = RDFParser(profiles=[profile])
    parser.parse(Path(catalogue).read_text(encoding="utf-8"), _format="turtle")
    datasets = sorted(parser.datasets(), key=lambda dataset: str(dataset["extras"]))
    json.dump(datasets, sys.stdout, sort_keys=True)


main(*sys.argv[1:])
