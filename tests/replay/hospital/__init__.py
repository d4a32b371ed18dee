"""An invented hospital over three years, the same each time: charts as a bulk export, and what truly happened."""
