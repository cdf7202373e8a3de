// A picture of links (tracking/charts/cells.py, where.py) is one stop of the keyboard, wherever one left it: within it the
// arrows go from link to link, Home and End along the row, with Ctrl to the ends of the table; Enter follows the link.
// A cell of what a year does not ask is passed over.
if (!window.cellWalk) {
    window.cellWalk = true;
    const next = (line, from, step) => {
        for (let at = from; at >= 0 && at < line.length; at += step) if (line[at]) return line[at];
    };
    const first = (line) => next(line, 0, 1);
    const last = (line) => next(line, line.length - 1, -1);
    const moves = {
        ArrowRight: (lines, y, x) => next(lines[y], x + 1, 1),
        ArrowLeft: (lines, y, x) => next(lines[y], x - 1, -1),
        ArrowDown: (lines, y, x) => next(lines.map((line) => line[x]), y + 1, 1),
        ArrowUp: (lines, y, x) => next(lines.map((line) => line[x]), y - 1, -1),
        Home: (lines, y, x, held) => first(lines[held ? 0 : y]),
        End: (lines, y, x, held) => last(lines[held ? lines.length - 1 : y]),
    };
    const table = (event) => event.target.closest?.(".read table[role=grid]");
    addEventListener("keydown", (event) => {
        const within = table(event), move = moves[event.key];
        const held = event.ctrlKey && !["Home", "End"].includes(event.key);
        if (!within || !move || held || event.altKey || event.metaKey || event.shiftKey) return;
        const lines = [...within.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
        const y = lines.findIndex((line) => line.includes(event.target));
        if (y < 0) return;
        event.preventDefault();
        move(lines, y, lines[y].indexOf(event.target), event.ctrlKey)?.focus();
    });
    addEventListener("focusin", (event) => {
        const within = table(event);
        if (!within || event.target.tagName !== "A") return;
        for (const each of within.querySelectorAll('a[tabindex="0"]')) each.tabIndex = -1;
        event.target.tabIndex = 0;
    });
}
