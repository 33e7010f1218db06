"""Changes: asked for by people, carried out by the engine, proven by what Azure shows afterwards."""
