using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace PcBench.Cli.Report;

/// <summary>Finished markup. Made only from templates whose holes are encoded, so that no name can become markup.</summary>
internal readonly struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Empty => default;

    /// <summary>Markup from a template: everything in a hole is text, but for other markup.</summary>
    public static Html Of(Template template) => new(template.Finish());

    /// <summary>One after the other.</summary>
    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.markup)));

    public override string ToString() => markup ?? "";

    [InterpolatedStringHandler]
    internal readonly struct Template
    {
        private readonly StringBuilder builder;

        public Template(int literalLength, int formattedCount) => builder = new StringBuilder(literalLength + 16 * formattedCount);

        public void AppendLiteral(string literal) => builder.Append(literal);

        public void AppendFormatted(Html html) => builder.Append(html.markup);

        public void AppendFormatted<T>(T value, string? format = null) => builder.Append(WebUtility.HtmlEncode(
            value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()));

        public string Finish() => builder.ToString();
    }
}
