// Small comforts. Everything works without them.
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);

  // After a mistake, the summary has the focus, and its lines lead to the fields.
  const summary = $("summary");
  if (summary) summary.focus();

  // A form is sent once: a second press of the button does nothing.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));

  // What is for few eyes goes when its time is over.
  const behind = document.querySelector("[data-closes]");
  if (behind) setTimeout(() => location.reload(), (Number(behind.dataset.closes) + 1) * 1000);

  const ask = () => fetch(location.href, { cache: "no-store", redirect: "error" }).then((answer) => answer.text());
  const say = (isClosed) => { const box = $("closed"); if (box) box.hidden = !isClosed; };

  // A run counts by itself. Screen readers hear of it every ten seconds at most.
  if (document.body.hasAttribute("data-goes-on")) {
    let heard = Date.now();
    const again = () => ask().then((text) => {
      say(false);
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!page.body.hasAttribute("data-goes-on")) return location.reload();
      const [now, next] = [$("run"), page.getElementById("run")];
      const [bar, nextBar] = [now.querySelector("progress"), next.querySelector("progress")];
      if (bar && nextBar && nextBar.hasAttribute("value")) { bar.max = nextBar.max; bar.value = nextBar.value; }
      if (Date.now() - heard > 10000) {
        heard = Date.now();
        now.querySelector("[role=status]").replaceWith(next.querySelector("[role=status]"));
      }
      setTimeout(again, 2000);
    }).catch(() => { say(true); setTimeout(again, 4000); });
    setTimeout(again, 2000);
    return;
  }

  // Somebody who comes back to a page hears that the desk is closed, before they type into it.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    const style = document.querySelector("link[rel=stylesheet]").href;
    fetch(style, { cache: "no-store" }).then(() => say(false)).catch(() => say(true));
  });
})();
