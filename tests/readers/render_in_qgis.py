"""Draw a GeoPackage in QGIS with the styles that stand in it; run by the Python that QGIS came with."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

NAMES = ("sites", "regions", "roads", "rivers", "lakes", "flood_zones", "districts", "cells", "outline")
OUTSIDE = "#E6EBEE"


def main(path, picture):
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    layers = []
    for name in NAMES:
        layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
        if not layer.isValid():
            print(name, "is not there")
            continue
        renderer = layer.renderer()
        rules = renderer.rootRule().children() if renderer.type() == "RuleRenderer" else []
        print(name, layer.featureCount(), renderer.type(), [rule.label() for rule in rules])
        layers.append(layer)
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(1600, 1200))
    settings.setBackgroundColor(QColor(OUTSIDE))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    extent = next(layer for layer in layers if layer.name() == "districts").extent()
    extent.scale(1.1)
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    errors = [error.message for error in job.errors()]
    print("drawn", job.renderedImage().save(picture), errors)
    return int(bool(errors))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:3]))
