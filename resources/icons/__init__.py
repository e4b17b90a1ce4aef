"""The icons that the window uses, as SVG files with `currentColor` strokes: from Lucide (lucide-static 1.62), ISC licence, see LICENSE."""
