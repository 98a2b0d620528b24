using PcBench.Contracts.Api;

namespace PcBench.Web.Api;

/// <summary>Why there is no answer.</summary>
public enum FailureKind
{
    /// <summary>The server was not reached.</summary>
    Network,

    /// <summary>There is no such thing, or it is not for this reader.</summary>
    NotFound,

    /// <summary>The request was refused as wrong.</summary>
    Refused,

    /// <summary>The owner's proof is missing or no longer holds.</summary>
    NotOwner,

    /// <summary>Too many requests.</summary>
    RateLimited,

    /// <summary>The server failed, or answered what cannot be read.</summary>
    Server,
}

/// <summary>A failed request.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Problem">What the server said of it, where it did.</param>
/// <param name="RetryAfterSeconds">How long the server asks to wait.</param>
public sealed record Failure(FailureKind Kind, ProblemView? Problem = null, int? RetryAfterSeconds = null);

/// <summary>What came of a request: exactly one of a value and a failure.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed record Answer<T>
    where T : class
{
    private Answer()
    {
    }

    /// <summary>The value.</summary>
    public T? Value { get; private init; }

    /// <summary>The failure.</summary>
    public Failure? Failure { get; private init; }

    /// <summary>A value is an answer.</summary>
    public static implicit operator Answer<T>(T value) => new() { Value = value };

    /// <summary>A failure is an answer.</summary>
    public static implicit operator Answer<T>(Failure failure) => new() { Failure = failure };
}
