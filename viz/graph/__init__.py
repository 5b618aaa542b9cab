"""A sub-graph → rolled-up, ordered elements → the data of the canvas, or one page that needs no server."""
