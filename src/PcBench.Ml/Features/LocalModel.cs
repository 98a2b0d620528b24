using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Ml.Features.Assess;
using PcBench.Ml.Features.Predict;
using PcBench.Ml.Registry;

namespace PcBench.Ml.Features;

/// <summary>What the ml-service answers, for a host that has it in its own process: by the active model of the host's own store.</summary>
public sealed class LocalModel
{
    private readonly ActiveModel active;

    internal LocalModel(ActiveModel active) => this.active = active;

    /// <summary>Whether a model is active. Without one only limits and figures of the same processor answer.</summary>
    public bool IsThere => active.Current is not null;

    /// <summary>Whether a result fits its hardware.</summary>
    public Assessment Assess(AssessRequest request) => Assessor.Assess(request, active.Current);

    /// <summary>What a machine should score, or what is wrong with the question.</summary>
    public (Prediction? Prediction, IReadOnlyList<FieldError> Errors) Predict(PredictRequest request) =>
        PredictRules.Check("", request).ToList() is { Count: > 0 } errors ? (null, errors) : (Predictor.Predict(request, active.Current, request.Explain ?? true), []);
}

/// <summary>Registers <see cref="LocalModel"/>.</summary>
public static class LocalModelServices
{
    /// <summary>Another model is taken while the host runs, as <c>Ml:ReloadSeconds</c> says.</summary>
    public static IServiceCollection AddLocalModel(this IServiceCollection services) =>
        services.AddModel().AddSingleton(provider => new LocalModel(provider.GetRequiredService<ActiveModel>()));
}
