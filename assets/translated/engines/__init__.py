"""Translation engines behind one small interface: Firefox models, OpenAI-compatible servers, LibreTranslate."""
