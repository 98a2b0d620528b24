using PcBench.Contracts.Api;
using PcBench.Ml.Registry;

namespace PcBench.Ml.Features.Assess;

/// <summary>
/// Says whether a result fits its hardware. A pure function of the request and the model: <see cref="PeerCheck"/>,
/// <see cref="PhysicsCheck"/> and <see cref="RunCheck"/> look at a native result, <see cref="ImportedCheck"/> at one of other benchmarks.
/// </summary>
public static class Assessor
{
    /// <summary>Name and version of the method; a change of any rule or constant makes a new version.</summary>
    public const string Method = "same-model/2";

    /// <summary>Half of the way: what is flagged has at least this score.</summary>
    private const double FlaggedAt = 0.5;

    /// <summary>What may be unusual without being flagged ends here.</summary>
    private const double UnusualAt = 0.25;

    /// <param name="request">The result and the figures of others of its CPU model.</param>
    public static Assessment Assess(AssessRequest request) => Assess(request, null);

    internal static Assessment Assess(AssessRequest request, LoadedModel? model) =>
        request.Result is null ? ImportedCheck.Assess(request.Hardware!, request.Scores!, request.Peers, model) : AssessNative(request);

    private static Assessment AssessNative(AssessRequest request)
    {
        var compared = PeerCheck.Compare(request).ToList();
        var suspicions = compared.Select(PeerCheck.Judge).OfType<Suspicion>()
            .Concat(PhysicsCheck.Find(request.Result!))
            .Concat(RunCheck.Find(request.Result!))
            .OrderByDescending(suspicion => suspicion.Weight)
            .ToList();
        var fit = suspicions switch
        {
            [{ Fit: var worst }, ..] => worst,
            _ when compared.Count == 0 => Fit.NotEnoughData,
            _ => Fit.Fits,
        };
        var peers = compared.Count == 0 ? 0 : compared.Max(workload => workload.Peers);
        return new Assessment(fit, peers, [.. suspicions.Select(suspicion => suspicion.Finding)], Method)
        {
            Score = ScoreOf(suspicions),
            Notes = ["No model knows PcBench's own workloads yet: physical limits and results of the same CPU model were asked."],
        };
    }

    /// <summary>1 is just enough to be told: unusual ones lie from 0.25 to 0.5, flagged ones from 0.5 to 1.</summary>
    internal static double ScoreOf(IReadOnlyList<Suspicion> suspicions) => suspicions switch
    {
        [{ Fit: Fit.Flagged, Strength: var strength }, ..] => Math.Round(1 - (FlaggedAt / Math.Max(1, strength)), 3),
        [{ Strength: var strength }, ..] => Math.Round(FlaggedAt - ((FlaggedAt - UnusualAt) / Math.Max(1, strength)), 3),
        _ => 0,
    };
}

/// <summary>A finding with what it makes of the result.</summary>
/// <param name="Fit">Unusual or flagged.</param>
/// <param name="Strength">How strong it is among those of the same kind: 1 is just enough.</param>
/// <param name="Finding">The reason in words.</param>
internal sealed record Suspicion(Fit Fit, double Strength, Finding Finding)
{
    /// <summary>Flagged ones come first, the strongest of each first.</summary>
    public double Weight => (Fit == Fit.Flagged ? 1_000_000 : 0) + Math.Min(Strength, 999_999);
}
