"""The page on which a person plays the customer and the network, by forms that do what the controls do."""
