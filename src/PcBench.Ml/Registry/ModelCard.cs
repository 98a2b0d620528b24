using System.Text.Json;
using System.Text.Json.Serialization;
using PcBench.Ml.Training;

namespace PcBench.Ml.Registry;

/// <summary>A file that a model was trained on.</summary>
/// <param name="Name">Name.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Families">CPU families.</param>
/// <param name="Sha256">Digest of its bytes.</param>
/// <param name="Licence">Its licence, where that is known.</param>
internal sealed record DataFile(string Name, int Rows, int Families, string Sha256, string Licence);

/// <summary>What a model is: on what it was trained, how good it is on what it did not see, what may be done with it.</summary>
/// <param name="Version">Version: of the digest of its bytes.</param>
/// <param name="Date">When it was trained, UTC.</param>
/// <param name="Seed">Seed of all chance.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Licence">What holds for the model and what is made with it.</param>
/// <param name="Data">What it was trained on.</param>
/// <param name="Metrics">Errors and coverage on CPU families that were held out, whole and by slice.</param>
/// <param name="Split">The same on a fixed fifth of the families, by which versions are compared.</param>
/// <param name="Detection">How altered results are told; absent where there was too little data.</param>
internal sealed record ModelCard(
    string Version, DateTimeOffset Date, int Seed, string Program, string Licence, IReadOnlyList<DataFile> Data,
    IReadOnlyList<MetricEvaluation> Metrics, IReadOnlyDictionary<string, Accuracy> Split, Detection? Detection)
{
    /// <summary>Worse by less is chance.</summary>
    private const double Tolerance = 1.02;

    /// <summary>Whether it is worse than another on the families that both held out: by the mean of what the median error grew to.</summary>
    public bool IsWorseThan(ModelCard other)
    {
        var both = Split.Keys.Intersect(other.Split.Keys).ToList();
        if (both.Count == 0 || other.Split.Keys.Except(Split.Keys).Any())
            return other.Split.Count > 0;
        return Math.Exp(both.Average(metric => Math.Log(Math.Max(Split[metric].MdApe, 0.01) / Math.Max(other.Split[metric].MdApe, 0.01)))) > Tolerance;
    }
}

/// <summary>Which model is active, and which were before.</summary>
/// <param name="Version">The active one.</param>
/// <param name="Before">Earlier ones, the last first.</param>
internal sealed record Activation(string Version, IReadOnlyList<string> Before);

/// <summary>Proof that a model is the one that was stored.</summary>
/// <param name="Sha256">Digest of the model's bytes.</param>
/// <param name="Signature">HMAC-SHA-256 of the digest under <c>Ml:SigningKey</c>; absent where none was set.</param>
internal sealed record ModelSignature(string Sha256, string? Signature);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(Activation))]
[JsonSerializable(typeof(ModelSignature))]
[JsonSerializable(typeof(IReadOnlyList<MetricEvaluation>))]
[JsonSerializable(typeof(List<ModelCard>))]
internal sealed partial class RegistryJson : JsonSerializerContext;
