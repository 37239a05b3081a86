"""The pages: handlers that ask for content and render it with templates. They work without JavaScript."""
