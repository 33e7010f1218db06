"""Speed as ratios: what a page of ours costs beside the least that bare Django could do on the same rows."""
