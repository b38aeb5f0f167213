namespace Gateway.DicomNetwork;

/// <summary>Whether a peer has a study, or a series of it (PS3.4 §C.4.1).</summary>
/// <param name="Series">Null: the study is asked for, whatever it holds.</param>
public sealed record ExistenceQuery(Uid Study, Uid? Series);
