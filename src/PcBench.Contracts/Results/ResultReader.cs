using System.Security.Cryptography;
using System.Text.Json;
using PcBench.Contracts.Signing;

namespace PcBench.Contracts.Results;

/// <summary>A result document that passed every rule.</summary>
/// <param name="Document">The document.</param>
/// <param name="Id">Its id, made of its canonical content.</param>
/// <param name="Bytes">The bytes as they were sent.</param>
/// <param name="PublicKey">The owner's key: SubjectPublicKeyInfo.</param>
/// <param name="Measurement">SHA-256 of the samples alone: the same measurement under another key is a copy.</param>
public sealed record VerifiedResult(
    ResultDocument Document, string Id, ReadOnlyMemory<byte> Bytes, byte[] PublicKey, byte[] Measurement);

/// <summary>Either a verified result or what is wrong with it.</summary>
/// <param name="Result">The result; null where there are errors.</param>
/// <param name="Errors">At least one where there is no result.</param>
public sealed record ResultReading(VerifiedResult? Result, IReadOnlyList<FieldError> Errors);

/// <summary>
/// The only way from bytes to a result, for the command line and the API alike: size, JSON, shape, rules, signature, in
/// that order, so that the cheap checks shield the dear ones.
/// </summary>
public static class ResultReader
{
    /// <summary>Reads and checks a signed document.</summary>
    /// <param name="bytes">UTF-8 JSON.</param>
    /// <param name="now">The time, for the rule on <see cref="RunInfo.StartedAt"/>.</param>
    public static ResultReading Read(ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        if (bytes.Length > ResultDocument.MaxBytes)
        {
            return Refused(FieldError.Of("$", $"{bytes.Length} bytes", $"A result has at most {ResultDocument.MaxBytes} bytes.",
                "Send one result at a time, as pcbench wrote it."));
        }

        var (document, syntax) = Parse(bytes);
        if (document is null)
            return Refused(syntax!);
        var errors = ResultRules.Check(document, now, out var ownerKey);
        using var key = ownerKey;
        if (errors.Count > 0)
            return new ResultReading(null, errors);

        var content = SignedContent.Of(bytes);
        if (!key!.VerifyHash(content.Hash, Convert.FromBase64String(document.Signature!.Value)))
        {
            return Refused(FieldError.Of("signature.value", document.Signature.Value,
                "It is not agent.publicKey's signature over this document.", "Submit the file unchanged, as pcbench wrote it."));
        }

        var owner = Convert.FromBase64String(document.Agent.PublicKey);
        return new ResultReading(new VerifiedResult(document, content.Id, bytes, owner, MeasurementOf(document)), []);
    }

    /// <summary>Reads a document that was checked before.</summary>
    /// <param name="bytes">UTF-8 JSON, as it was submitted.</param>
    /// <exception cref="JsonException">It is no document: it was changed since.</exception>
    public static ResultDocument ReadChecked(ReadOnlyMemory<byte> bytes) =>
        Document(bytes, Quick).Document ?? throw new JsonException("A document that was stored is null.");

    // A context of its own: what writes documents stays as it was.
    private static readonly DocumentJson Quick = new(new JsonSerializerOptions(DocumentJson.Default.Options) { Converters = { new SeriesConverter() } });

    private static (ResultDocument? Document, FieldError? Error) Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Document(bytes, Quick);
        }
        catch (JsonException)
        {
            // Again by the converters that know which element it was.
        }

        try
        {
            return Document(bytes, DocumentJson.Default);
        }
        catch (JsonException error)
        {
            return (null, MalformedJson.Explain(bytes, error));
        }
    }

    private static (ResultDocument? Document, FieldError? Error) Document(ReadOnlyMemory<byte> bytes, DocumentJson json) =>
        JsonSerializer.Deserialize(bytes.Span, json.ResultDocument) is { } document
            ? (document, null)
            : (null, FieldError.Of("$", "null", "It is not an object.", "Send a pcbench.result/1 document."));

    private static byte[] MeasurementOf(ResultDocument document)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var workload in document.Workloads.OrderBy(workload => workload.Id, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(workload.Id));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(workload.Samples.ToArray()));
        }

        return hash.GetHashAndReset();
    }

    private static ResultReading Refused(FieldError error) => new(null, [error]);
}
