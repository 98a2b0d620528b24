namespace PcBench.Contracts.Api;

/// <summary>Answer to <c>GET /version</c>.</summary>
/// <param name="Version">Version of the service with its commit.</param>
/// <param name="ScoreVersion">Version of the score formula.</param>
/// <param name="Schema">The document format it takes.</param>
/// <param name="Runtime">Runtime it runs on.</param>
public sealed record VersionView(string Version, int ScoreVersion, string Schema, string Runtime);
