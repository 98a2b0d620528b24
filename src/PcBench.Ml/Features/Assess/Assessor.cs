using PcBench.Contracts.Api;

namespace PcBench.Ml.Features.Assess;

/// <summary>
/// Says whether a result fits its hardware: method <c>same-model/1</c>. A pure function of the result and its peers'
/// figures; <see cref="PeerCheck"/>, <see cref="PhysicsCheck"/> and <see cref="RunCheck"/> hold what it looks at.
/// </summary>
public static class Assessor
{
    /// <summary>Name and version of the method; a change of any rule or constant makes a new version.</summary>
    public const string Method = "same-model/1";

    /// <param name="request">The result and the figures of others of its CPU model.</param>
    public static Assessment Assess(AssessRequest request)
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
        return new Assessment(fit, peers, [.. suspicions.Select(suspicion => suspicion.Finding)], Method);
    }
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
