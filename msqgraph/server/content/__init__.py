"""What pages and the JSON API say: questions to the data, answered as plain records. No HTTP and no HTML here."""
