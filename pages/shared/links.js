// Links within the dashboard: a plain click loads no page anew, and goes back as any other.
// Streamlit follows the address where the browser says that it changed. Everything else (middle click, keys held
// down, a copied address) is the browser's own.
if (!window.insideLinks) {
    window.insideLinks = true;
    document.addEventListener("click", (event) => {
        const link = event.target.closest?.("a.inside");
        const held = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
        if (!link || held || event.button !== 0 || event.defaultPrevented) return;
        event.preventDefault();
        if (link.href === location.href) return;
        history.pushState({}, "", link.href);
        dispatchEvent(new PopStateEvent("popstate"));
    });
}
