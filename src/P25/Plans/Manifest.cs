using YamlDotNet.RepresentationModel;

namespace P25.Plans;

/// <summary>One object of a manifest.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its YAML.</param>
internal sealed record ManifestObject(string Kind, string Name, string Text)
{
    public string Title => $"{Kind} {Name}";
}

/// <summary>A manifest as objects.</summary>
internal static class Manifest
{
    public static IReadOnlyList<ManifestObject> Read(string yaml)
    {
        var objects = new List<ManifestObject>();
        foreach (var text in Documents(yaml))
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                objects.Add(new ManifestObject(Text(root, "kind"), root.Children.TryGetValue("metadata", out var node) && node is YamlMappingNode metadata ? Text(metadata, "name") : "", text.Trim('\n')));
        }

        return objects;
    }

    private static IEnumerable<string> Documents(string yaml)
    {
        var lines = new List<string>();
        foreach (var line in yaml.Split('\n').Append("---"))
        {
            if (line.TrimEnd() == "---")
            {
                yield return string.Join('\n', lines);
                lines.Clear();
            }
            else if (!line.StartsWith("# Source:", StringComparison.Ordinal))
            {
                lines.Add(line.TrimEnd());
            }
        }
    }

    private static string Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? $"{value}" : "";
}
