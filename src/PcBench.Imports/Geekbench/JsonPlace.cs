using System.Text.Json;

namespace PcBench.Imports.Geekbench;

/// <summary>A value of a document and where it stands.</summary>
internal sealed record JsonPlace(JsonElement Element, string Path = "$")
{
    public string? Text(string member) => Find(member) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public double? Number(string member) => Find(member) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A number that must be there, finite and over 0.</summary>
    public double Figure(string member, string fix) =>
        Number(member) is { } number && double.IsFinite(number) && number > 0
            ? number
            : throw new RefusedException($"{Path}.{member}", Find(member)?.ToString(), "There must be a number over 0.", fix);

    /// <summary>The items of a list; none where there is no list.</summary>
    public IEnumerable<JsonPlace> Items(string member) =>
        Find(member) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Index().Select(item => new JsonPlace(item.Item, $"{(Path == "$" ? "" : Path + ".")}{member}[{item.Index}]"))
            : [];

    private JsonElement? Find(string member) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(member, out var value) ? value : null;
}
