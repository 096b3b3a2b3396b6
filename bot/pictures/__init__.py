"""Looking at pictures members sent: opened safely, judged, straightened and lit; Pillow only."""
