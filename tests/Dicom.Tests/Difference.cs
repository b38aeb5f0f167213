namespace Gateway.Dicom.Tests;

/// <summary>One element that another reader reads otherwise.</summary>
/// <param name="Path">Such as <c>00081140[0].00081150</c>; * for the whole file.</param>
internal sealed record Difference(string Path, string What);
