// Search in pages opened from disk. Browsers start no worker from a file, so the theme's search runs in a hidden frame
// there. The theme would load such a script from another host; naming this one in mkdocs.yml (`extra.polyfills`) keeps
// the site whole.
if (location.protocol === "file:") {
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

  window.IFrameWorker = window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.loaded = new Promise((done) => this.frame.addEventListener("load", done, { once: true }));
      this.frame.srcdoc = `<script src="${escaped(new URL(address, document.baseURI).href)}"></script>`;
      document.body.append(this.frame);
      // What the script posts goes to the page instead of to its own window. The script posts only when asked.
      this.loaded.then(() => {
        this.frame.contentWindow.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      });
    }

    async postMessage(data) {
      await this.loaded;
      this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
