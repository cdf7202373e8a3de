// Tells that the session is about to end, while it can still be kept; after a new sign-in this very page comes back.
window.trackingSession = { ends: {ENDS} };
if (!window.trackingSessionWatch) {
  window.trackingSessionWatch = setInterval(() => {
    const left = window.trackingSession.ends - Date.now();
    const shown = document.getElementById("session-ends");
    if (left <= 0) {
      location.href = {SIGN_IN} + "?next=" + encodeURIComponent(location.pathname + location.search);
    } else if (left > {WARNS}) {
      shown?.remove();
    } else if (!shown) {
      const box = document.createElement("div");
      box.id = "session-ends";
      box.setAttribute("role", "alert");
      const stay = document.createElement("button");
      stay.textContent = {STAY};
      stay.onclick = () => location.reload();
      box.append({WARNING}, " ", stay);
      document.body.append(box);
    }
  }, 1000);
}
