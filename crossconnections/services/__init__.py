"""The write side: one public function for each thing that a person or the clock asks for."""
