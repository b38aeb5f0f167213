using Gateway.Contracts.Reasons;
using Gateway.Imaging.Slices;

namespace Gateway.Imaging.Gates;

/// <summary>How far a series lies outside the archive.</summary>
/// <param name="Score">Largest exceedance of any aspect: 0 is usual; above 1 the series is held.</param>
/// <param name="Exceedances">By reason code.</param>
/// <param name="Reasons">Aspects above 1; empty when the series passes.</param>
public sealed record GateVerdict(double Score, IReadOnlyDictionary<string, double> Exceedances, IReadOnlyList<Reason> Reasons);
