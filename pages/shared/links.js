// Links within the dashboard: a plain click loads no page anew, and goes back as any other.
// Streamlit follows the address where the browser says that it changed. Everything else (middle click, keys held
// down, a copied address) is the browser's own.
if (!window.insideLinks) {
    window.insideLinks = true;
    const main = () => document.querySelector("[data-testid=stMain]");
    // A list and a picture of one page may lead to the same.
    const alike = (href) =>
        [...document.querySelectorAll("a.inside")].filter((each) => each.getAttribute("href") === href);
    document.addEventListener("click", (event) => {
        const link = event.target.closest?.("a.inside");
        const held = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
        if (!link || held || event.button !== 0 || event.defaultPrevented) return;
        event.preventDefault();
        if (link.href === location.href) return;
        const href = link.getAttribute("href");
        const place = {top: link.getBoundingClientRect().top, href, at: alike(href).indexOf(link)};
        sessionStorage.setItem(`place ${location.href}`, JSON.stringify(place));
        history.pushState({}, "", link.href);
        dispatchEvent(new PopStateEvent("popstate"));
    });
    // A page opens for a few seconds at most: what is pressed later is never hidden under the hand (page.css).
    document.documentElement.classList.add("opening");
    setTimeout(() => document.documentElement.classList.remove("opening"), 4000);
    // An address that ends in a place of the page leads there once that is drawn: the browser looked for it before.
    let looks = location.hash ? 100 : 0;
    const arrival = setInterval(() => {
        const there = looks > 0 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
        looks -= 1;
        if (there) location.replace(location.hash);
        if (there || looks < 0) clearInterval(arrival);
    }, 100);
    // On paper a chart shrinks as a picture does, instead of being cut where the paper ends.
    addEventListener("beforeprint", () => {
        for (const each of document.querySelectorAll(".js-plotly-plot .main-svg"))
            each.setAttribute("viewBox", `0 0 ${each.getAttribute("width")} ${each.getAttribute("height")}`);
    });
    // Back leads to the row that was left, at its place in the window, and holds it there while the page is drawn again;
    // whoever scrolls meanwhile stays.
    addEventListener("popstate", (event) => {
        const kept = event.isTrusted && sessionStorage.getItem(`place ${location.href}`);
        if (!kept) return;
        const {top, href, at} = JSON.parse(kept);
        let turns = 100, held = 0;
        const timer = setInterval(() => {
            const drawn = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
            const left = alike(href)[at];
            turns -= 1;
            if (drawn && left) {
                held += 1;
                main().scrollTop += left.getBoundingClientRect().top - top;
                left.focus({preventScroll: true});
            }
            if (turns === 0 || held === 10) clearInterval(timer);
        }, 100);
        addEventListener("wheel", () => clearInterval(timer), {once: true});
    });
}
