using System.Text;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.Contracts.Api;

namespace PcBench.Bench.Benchmarks.Predict;

/// <summary>Which model an ml-service answers with. Without one it answers too, and sooner: figures of such a service would flatter it.</summary>
internal static class TakenModel
{
    private static readonly string Any = JsonSerializer.Serialize(new PredictRequest(new Hardware { Threads = 8 }), ApiJson.Default.PredictRequest);

    /// <param name="service">Address of the service.</param>
    /// <param name="program">What runs there.</param>
    /// <param name="version">The model that it was given.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidOperationException">It answers with another one, or with none.</exception>
    public static async Task CheckAsync(Uri service, string program, string version, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = service };
        using var request = new StringContent(Any, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/v1/predict", request, cancel);
        response.EnsureSuccessStatusCode();
        var active = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(cancel), ApiJson.Default.Prediction)?.Model;
        if (active != version)
            throw new InvalidOperationException($"The ml-service at {program} did not take model {version}, it answers with {active ?? "none"}: is it another build than this one, or is an Ml__ setting in the environment? 'dotnet {program} evaluate --model' says what is wrong with a model file.");
    }
}
