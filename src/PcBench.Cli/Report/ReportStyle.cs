namespace PcBench.Cli.Report;

/// <summary>The report's style: system fonts, light and dark by the reader's setting, one column on a phone.</summary>
internal static class ReportStyle
{
    public static Html Element => Html.Of($$"""
        <style>
        :root { color-scheme: light dark; --ink: #16202a; --soft: #5d6b78; --page: #f6f7f9; --card: #fff; --line: #dfe4ea; --main: #0b6bcb; --band: #0b6bcb33; --warn: #a15c00; --warnbg: #fff4e0; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #98a6b3; --page: #11161b; --card: #1a2128; --line: #2c353e; --main: #58a6ff; --band: #58a6ff40; --warn: #f0b45a; --warnbg: #2d2415; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1rem 3rem; max-width: 62rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); }
        h1 { margin: 0; font-size: 2rem; line-height: 1.2; } h2 { margin: 0 0 .5rem; font-size: 1.05rem; } p { margin: .25rem 0; }
        .brand { color: var(--main); font-weight: 700; letter-spacing: .04em; } .sub, .note, small, footer { color: var(--soft); } .note, footer, small { font-size: .82rem; }
        section, article { margin: 1.25rem 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
        .scores { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 1rem; padding: 0; background: none; border: 0; margin-bottom: .25rem; }
        article { margin: 0; } .points { font-size: 2.4rem; font-weight: 700; line-height: 1.1; font-variant-numeric: tabular-nums; }
        .marks { background: var(--warnbg); } .marks strong { color: var(--warn); } .marks em { color: var(--soft); }
        table { width: 100%; table-layout: fixed; border-collapse: collapse; font-variant-numeric: tabular-nums; } th, td { padding: .45rem .5rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
        thead th { border: 0; color: var(--soft); font-size: .82rem; font-weight: 500; } tbody th { font-weight: 500; } thead th:nth-child(1) { width: 30%; } thead th:nth-child(2) { width: 18%; } thead th:nth-child(3) { width: 9%; } thead th:nth-child(4) { width: 19%; } td small, th small { display: block; }
        td.figure { font-weight: 700; white-space: nowrap; } td.figure span { font-weight: 400; color: var(--soft); } .warn { color: var(--warn); font-weight: 400; }
        svg { display: block; width: 100%; max-width: 15rem; height: auto; } circle { fill: var(--main); fill-opacity: .6; } .dot { fill-opacity: 1; } .band { fill: var(--band); }
        .axis { stroke: var(--line); stroke-width: 2; } .reference { stroke: var(--soft); stroke-width: 1; } line.figure { stroke: var(--ink); stroke-width: 1.5; }
        dl { margin: 0 0 1rem; } dl div { display: flex; gap: 1rem; padding: .2rem 0; } dt { flex: 0 0 11rem; color: var(--soft); } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        .method p { max-width: 46rem; }
        @media (max-width: 40rem) {
          thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; } table, tbody, tr, th, td { display: block; width: 100%; }
          tr { padding: .6rem 0; border-top: 1px solid var(--line); } tbody th, td { border: 0; padding: .1rem 0; width: 100%; } svg { max-width: none; }
          td[data-name]::before { content: attr(data-name); display: inline-block; width: 5rem; font-size: .82rem; font-weight: 400; color: var(--soft); } td[data-name] small { display: inline; margin-left: .5rem; }
          dl div { display: block; } h1 { font-size: 1.5rem; }
        }
        @media print { body { background: none; } section, article { break-inside: avoid; } }
        </style>
        """);
}
