namespace Gateway.DicomNetwork;

/// <summary>Command Field (0000,0100), PS3.7 Annex E.</summary>
internal enum CommandField : ushort
{
    StoreRequest = 0x0001,
    StoreResponse = 0x8001,
    FindRequest = 0x0020,
    FindResponse = 0x8020,
    EventReportRequest = 0x0100,
    EventReportResponse = 0x8100,
    ActionRequest = 0x0130,
    ActionResponse = 0x8130,
    EchoRequest = 0x0030,
    EchoResponse = 0x8030,
    CancelRequest = 0x0FFF,

    /// <summary>The bit that makes a request's response.</summary>
    Response = 0x8000,
}
