"""From a file to a reading: readers, normalize, layout, header, citations, relations, tasks, resolve, pipeline."""
