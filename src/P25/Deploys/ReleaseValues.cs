using System.Text.Json.Nodes;
using P25.Releases;

namespace P25.Deploys;

/// <summary>The release as a file of Helm's values, readable by this user alone and gone when it is disposed.</summary>
internal sealed class ReleaseValues : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("p25-");

    public ReleaseValues(Release release) => File.WriteAllText(Path, Of(release).ToJsonString());

    public string Path => System.IO.Path.Combine(folder.FullName, "release.json");

    public void Dispose() => folder.Delete(recursive: true);

    internal static JsonObject Of(Release release) => new()
    {
        ["images"] = new JsonObject(release.Images.Select(image => KeyValuePair.Create(image.Key, (JsonNode?)new JsonObject
        {
            ["repository"] = image.Value.Repository,
            ["digest"] = image.Value.Digest,
        }))),
        ["release"] = new JsonObject { ["version"] = release.Version, ["commit"] = release.Commit },
    };
}
