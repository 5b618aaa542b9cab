"""The edge: the command line (and, later, the HTTP routes). Wires the other folders; holds no rule of the domain."""
