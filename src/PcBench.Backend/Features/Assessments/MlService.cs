using System.Net;
using Microsoft.Extensions.Options;
using PcBench.Backend.Features.Predictions;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Platform.Events;

namespace PcBench.Backend.Features.Assessments;

/// <summary>Where the ml-service is.</summary>
internal sealed class MlOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Ml";

    /// <summary>Address of the ml-service.</summary>
    /// <value><c>http://ml-service:8080</c>. Default: none; results are then stored and ranked, and not assessed.</value>
    public string? Url { get; set; }
}

/// <summary>Refuses to start on an address that is none.</summary>
internal sealed class MlOptionsCheck : IValidateOptions<MlOptions>
{
    public ValidateOptionsResult Validate(string? name, MlOptions options) =>
        options.Url is null || (Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Ml:Url = '{options.Url}' is not an address. Give http://host:port in appsettings.json or as environment variable Ml__Url, or leave it out.");
}

/// <summary>Has results assessed and predicted by the ml-service. While it is away the events wait.</summary>
internal sealed class MlService(HttpClient http) : IAssessor, IPredictor
{
    public async ValueTask<Predicted> PredictAsync(PredictRequest request, CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync("v1/predict", request, ApiJson.Default.PredictRequest, cancel);
        if (response.StatusCode == HttpStatusCode.BadRequest)
            return new Predicted(null, (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemView, cancel))?.Errors ?? []);
        response.EnsureSuccessStatusCode();
        return new Predicted(await response.Content.ReadFromJsonAsync(ApiJson.Default.Prediction, cancel), []);
    }

    public async ValueTask<Assessment> AssessAsync(AssessRequest request, CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync("v1/assess", request, ApiJson.Default.AssessRequest, cancel);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests)
            throw new OutageException($"The ml-service answers {(int)response.StatusCode}.");
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.Assessment, cancel))!;
    }
}
