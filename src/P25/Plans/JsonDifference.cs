using System.Text.Json.Nodes;

namespace P25.Plans;

/// <summary>Where two objects of the cluster differ, leaving out what the cluster itself writes.</summary>
internal static class JsonDifference
{
    private static readonly string[] Bookkeeping = ["metadata.managedFields", "metadata.resourceVersion", "metadata.generation", "metadata.uid", "metadata.creationTimestamp", "metadata.selfLink", "status"];

    /// <returns>Lines <c>path: -there +wanted</c>.</returns>
    public static IEnumerable<string> Of(JsonNode? there, JsonNode? wanted, string path = "")
    {
        if (Bookkeeping.Contains(path) || JsonNode.DeepEquals(there, wanted))
            yield break;
        if (there is JsonObject was && wanted is JsonObject becomes)
        {
            foreach (var key in was.Select(one => one.Key).Union(becomes.Select(one => one.Key)))
            {
                foreach (var line in Of(was[key], becomes[key], path.Length == 0 ? key : $"{path}.{key}"))
                    yield return line;
            }
        }
        else if (there is JsonArray old && wanted is JsonArray @new && old.Count == @new.Count)
        {
            for (var i = 0; i < old.Count; i++)
            {
                foreach (var line in Of(old[i], @new[i], $"{path}[{i}]"))
                    yield return line;
            }
        }
        else
        {
            yield return $"{path}: there {Text(there)}, deployed {Text(wanted)}";
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() is { } text ? text.Length <= 120 ? text : $"{text[..120]}…" : "nothing";
}
